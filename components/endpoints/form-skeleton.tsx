import { Loading, PageHeaderSkeleton, Skeleton } from "#components/ui/skeleton.tsx";

/** An endpoint's form on its way. */
export function FormSkeleton() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="px-gutter grid gap-4 border-t border-line pt-4">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-24 w-full max-w-176 rounded-md" />
        <Skeleton className="h-(--control) w-full max-w-176 rounded-md" />
        <Skeleton className="h-(--control) w-full max-w-176 rounded-md" />
      </div>
      <div className="px-gutter mt-6 grid gap-4 border-t border-line pt-4">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-48 w-full max-w-176 rounded-md" />
      </div>
    </Loading>
  );
}
