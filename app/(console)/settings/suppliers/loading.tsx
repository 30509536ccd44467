import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function SupplierAccountsLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <TableSkeleton rows={4} columns={["w-48", "w-20", "w-16", "w-20", "w-12"]} />
    </Loading>
  );
}
