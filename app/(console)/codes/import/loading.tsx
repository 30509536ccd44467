import { Loading, PageHeaderSkeleton, Skeleton } from "#components/ui/skeleton.tsx";

export default function ImportLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="px-gutter grid max-w-176 gap-3 border-t border-line pt-4">
        <Skeleton className="h-5 w-40 rounded-md" />
        <Skeleton className="h-(--control) w-48 rounded-md" />
        <Skeleton className="h-24 w-full rounded-md" />
      </div>
    </Loading>
  );
}
