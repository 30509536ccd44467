import { Loading, PageHeaderSkeleton, Skeleton, TextSkeleton } from "#components/ui/skeleton.tsx";

export default function EndpointLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="grid grid-cols-2 border-y border-line lg:grid-cols-4">
        {["success", "latency", "waiting", "last"].map((figure) => (
          <div key={figure} className="grid gap-2 px-(--gutter) py-3">
            <Skeleton className="h-3.5 w-24" />
            <Skeleton className="h-6 w-16" />
            <Skeleton className="h-3.5 w-28" />
          </div>
        ))}
      </div>
      <div className="px-gutter py-4">
        <Skeleton className="h-72 w-full rounded-md" />
      </div>
      <div className="px-gutter max-w-prose border-t border-line py-4">
        <TextSkeleton lines={4} />
      </div>
    </Loading>
  );
}
