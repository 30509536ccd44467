import { Loading, PageHeaderSkeleton, Skeleton, TextSkeleton } from "#components/ui/skeleton.tsx";

export default function SupplierAccountLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="grid grid-cols-2 border-y border-line lg:grid-cols-4">
        {["latency", "errors", "completion", "budget"].map((figure) => (
          <div key={figure} className="grid gap-2 px-(--gutter) py-3">
            <Skeleton className="h-3.5 w-24" />
            <Skeleton className="h-6 w-16" />
            <Skeleton className="h-3.5 w-28" />
          </div>
        ))}
      </div>
      <div className="px-gutter max-w-prose py-4">
        <TextSkeleton lines={4} />
      </div>
      <div className="px-gutter max-w-prose border-t border-line py-4">
        <TextSkeleton lines={6} />
      </div>
    </Loading>
  );
}
