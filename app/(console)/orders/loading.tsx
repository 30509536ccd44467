import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function OrdersLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton toolbar />
      <TableSkeleton rows={16} />
    </Loading>
  );
}
