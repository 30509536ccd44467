import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function DeliveriesLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton toolbar />
      <TableSkeleton columns={["w-72", "w-20", "w-32", "w-40", "w-20"]} />
    </Loading>
  );
}
