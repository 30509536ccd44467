import { Loading, PageHeaderSkeleton, Skeleton, TextSkeleton } from "#components/ui/skeleton.tsx";

export default function DeliveryLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="xl:grid xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div>
          <div className="px-gutter grid gap-3 border-t border-line py-4">
            <Skeleton className="h-4 w-20" />
            <TextSkeleton lines={5} />
          </div>
          <div className="px-gutter grid gap-3 border-t border-line py-4">
            <Skeleton className="h-4 w-32" />
            <Skeleton className="h-64 w-full rounded-md" />
          </div>
        </div>
        <div className="px-gutter grid content-start gap-3 border-t border-line py-4 xl:border-l">
          <Skeleton className="h-4 w-16" />
          <TextSkeleton lines={8} />
        </div>
      </div>
    </Loading>
  );
}
