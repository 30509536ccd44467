import { Loading, PageHeaderSkeleton, Skeleton, TextSkeleton } from "#components/ui/skeleton.tsx";

export default function MessageLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="px-gutter max-w-prose border-t border-line py-4">
        <TextSkeleton lines={5} />
      </div>
      <div className="px-gutter border-t border-line py-4">
        <Skeleton className="h-64 w-full rounded-md" />
      </div>
    </Loading>
  );
}
