import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function JobsLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <TableSkeleton rows={6} columns={["w-72", "w-20", "w-40", "w-24", "w-20"]} />
    </Loading>
  );
}
