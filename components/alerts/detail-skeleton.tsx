import { Loading, Skeleton, TextSkeleton } from "#components/ui/skeleton.tsx";

/** In the size of an alert that will be there in a moment. */
export function DetailSkeleton() {
  return (
    <Loading>
      <div className="px-gutter grid grid-cols-1 gap-4 py-4">
        <div className="flex gap-1.5">
          <Skeleton className="h-6 w-20 rounded-md" />
          <Skeleton className="h-6 w-24 rounded-md" />
        </div>
        <Skeleton className="h-6 w-72 max-w-full" />
        <Skeleton className="h-4 w-96 max-w-full" />
        <div className="max-w-prose">
          <TextSkeleton lines={8} />
        </div>
      </div>
    </Loading>
  );
}
