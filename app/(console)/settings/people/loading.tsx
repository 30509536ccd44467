import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function PeopleLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <TableSkeleton rows={6} columns={["w-48", "w-16", "w-16", "w-12", "w-20"]} />
    </Loading>
  );
}
