import { Loading, PageHeaderSkeleton, Skeleton, TextSkeleton } from "#components/ui/skeleton.tsx";

export default function OrderLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="xl:grid xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div>
          <div className="px-gutter grid gap-4 border-t border-line py-4">
            <div className="grid max-w-prose gap-2">
              <Skeleton className="h-5 w-56" />
              <TextSkeleton lines={2} />
            </div>
            <Skeleton className="h-13 max-w-160" />
            <Skeleton className="h-3.5 w-72 max-w-full" />
          </div>
          <div className="px-gutter grid gap-3 border-t border-line py-4">
            <Skeleton className="h-4 w-32" />
            <TextSkeleton lines={4} />
          </div>
        </div>
        <div className="px-gutter grid content-start gap-3 border-t border-line py-4 xl:border-l">
          <Skeleton className="h-4 w-16" />
          <TextSkeleton lines={9} />
        </div>
      </div>
    </Loading>
  );
}
