import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function ComplaintsLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton toolbar />
      <TableSkeleton rows={10} columns={["w-48", "w-20", "w-24", "w-40", "w-20"]} />
    </Loading>
  );
}
