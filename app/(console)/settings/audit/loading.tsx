import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function AuditLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <TableSkeleton rows={12} columns={["w-32", "w-20", "w-24", "w-20", "w-16"]} />
    </Loading>
  );
}
