import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function ApiKeysLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <TableSkeleton rows={3} columns={["w-40", "w-16", "w-48", "w-20", "w-20"]} />
    </Loading>
  );
}
