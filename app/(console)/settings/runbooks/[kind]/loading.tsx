import { Loading, PageHeaderSkeleton, Skeleton } from "#components/ui/skeleton.tsx";

export default function RunbookLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="px-gutter grid gap-6 border-t border-line pt-4 lg:grid-cols-2">
        <Skeleton className="h-112 w-full rounded-md" />
        <Skeleton className="h-72 w-full rounded-md" />
      </div>
    </Loading>
  );
}
