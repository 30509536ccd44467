import { Loading, PageHeaderSkeleton, Skeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function OverviewLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <StripSkeleton figures={5} />
      <StripSkeleton figures={6} />
      <StripSkeleton figures={5} />
      <StripSkeleton figures={3} />
      <StripSkeleton figures={4} />
      <div className="px-gutter border-t border-line pt-4 pb-3">
        <Skeleton className="h-5 w-32" />
      </div>
      <TableSkeleton rows={8} />
    </Loading>
  );
}

function StripSkeleton({ figures }: { figures: number }) {
  return (
    <div className="pb-4">
      <div className="px-gutter pb-1.5">
        <Skeleton className="h-4 w-24" />
      </div>
      <div className="flex flex-wrap border-y border-line">
        {Array.from({ length: figures }, (_, figure) => figure).map((figure) => (
          <div key={figure} className="px-gutter grid min-w-34 flex-1 gap-1.5 py-3">
            <Skeleton className="h-3.5 w-20" />
            <Skeleton className="h-6 w-12" />
          </div>
        ))}
      </div>
    </div>
  );
}
