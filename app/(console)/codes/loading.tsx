import { Loading, PageHeaderSkeleton, Skeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function CodesLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="px-gutter pb-3">
        <Skeleton className="h-3.5 w-80 max-w-full" />
      </div>
      <TableSkeleton rows={5} columns={["w-56", "w-12", "w-12", "w-12", "w-24", "w-20"]} />
      <div className="px-gutter flex min-h-11 items-center gap-2 py-3">
        <Skeleton className="h-(--control) w-72 max-w-full rounded-md" />
        <Skeleton className="h-(--control) w-24 rounded-md" />
      </div>
      <TableSkeleton rows={10} columns={["w-56", "w-16", "w-24", "w-28", "w-20"]} />
    </Loading>
  );
}
