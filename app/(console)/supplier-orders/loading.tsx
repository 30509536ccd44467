import { Loading, PageHeaderSkeleton, Skeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function SupplierOrdersLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="px-gutter grid gap-2 border-y border-line py-3">
        <Skeleton className="h-9 max-w-160" />
        <Skeleton className="h-3.5 max-w-120" />
      </div>
      <div className="px-gutter flex min-h-11 items-center gap-2 py-3">
        <Skeleton className="h-(--control) w-80 max-w-full rounded-md" />
      </div>
      <TableSkeleton rows={10} columns={["w-24", "w-24", "w-48", "w-20", "w-16", "w-40"]} />
    </Loading>
  );
}
