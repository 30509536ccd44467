import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function RunbooksLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <TableSkeleton rows={20} columns={["w-56", "w-20", "w-40", "w-40"]} />
    </Loading>
  );
}
