import { Loading, Skeleton, TableSkeleton, TextSkeleton } from "#components/ui/skeleton.tsx";

export default function AlertsLoading() {
  return (
    <Loading>
      <div className="px-gutter flex items-center justify-between gap-4 pt-3 pb-2">
        <Skeleton className="h-5 w-24" />
        <Skeleton className="h-(--control) w-72 rounded-md max-md:hidden" />
      </div>
      <div className="px-gutter flex h-9 items-center gap-5">
        <Skeleton className="h-3.5 w-14" />
        <Skeleton className="h-3.5 w-20" />
        <Skeleton className="h-3.5 w-16" />
      </div>
      <div className="lg:grid lg:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[25rem_minmax(0,1fr)]">
        <div className="border-line lg:border-r">
          <TableSkeleton rows={10} columns={["w-48", "w-12"]} />
        </div>
        <div className="px-gutter grid content-start gap-4 border-t border-line py-4 max-lg:hidden">
          <Skeleton className="h-(--control-sm) w-80 rounded-md" />
          <Skeleton className="h-5 w-64" />
          <TextSkeleton lines={6} />
        </div>
      </div>
    </Loading>
  );
}
