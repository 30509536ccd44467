import {
  Loading,
  PageHeaderSkeleton,
  Skeleton,
  TableSkeleton,
  TextSkeleton,
} from "#components/ui/skeleton.tsx";

export default function SuppliersLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="px-gutter grid gap-2.5 border-t border-line pt-4 pb-4">
        <Skeleton className="h-6 w-44" />
        <Skeleton className="h-3.5 w-full max-w-prose" />
      </div>
      <div className="grid grid-cols-2 border-y border-line lg:grid-cols-4">
        {["rate", "calls", "each", "waiting"].map((figure) => (
          <div key={figure} className="grid gap-2 px-(--gutter) py-3">
            <Skeleton className="h-3.5 w-24" />
            <Skeleton className="h-6 w-16" />
            <Skeleton className="h-3.5 w-28" />
          </div>
        ))}
      </div>
      <div className="grid gap-4 pt-4 xl:grid-cols-2">
        <TableSkeleton rows={6} columns={["w-32", "w-12", "w-12", "w-12"]} />
        <div className="px-gutter max-w-prose">
          <TextSkeleton lines={4} />
        </div>
      </div>
    </Loading>
  );
}
