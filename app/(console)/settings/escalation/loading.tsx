import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function EscalationLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <TableSkeleton rows={3} columns={["w-56", "w-40"]} />
    </Loading>
  );
}
