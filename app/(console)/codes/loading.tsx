import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function CodesLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton toolbar />
      <TableSkeleton rows={16} columns={["w-56", "w-16", "w-24", "w-28", "w-20"]} />
    </Loading>
  );
}
