import { Loading, PageHeaderSkeleton, Skeleton } from "#components/ui/skeleton.tsx";

export default function NewOrderLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="px-gutter grid max-w-344 items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_23rem]">
        <div className="grid gap-5">
          <Skeleton className="mt-5 h-(--control) w-full rounded-md" />
          <Skeleton className="h-21 w-full rounded-md" />
          <Skeleton className="h-(--control) w-1/2 rounded-md" />
        </div>
        <Skeleton className="h-28 w-full rounded-lg max-lg:hidden" />
      </div>
    </Loading>
  );
}
