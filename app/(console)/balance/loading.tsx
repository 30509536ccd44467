import {
  Loading,
  PageHeaderSkeleton,
  Skeleton,
  TableSkeleton,
  TextSkeleton,
} from "#components/ui/skeleton.tsx";

const columns = ["w-16", "w-24", "w-20", "w-20", "w-16"];

export default function BalanceLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <Skeleton className="h-20 w-full" />
      <Skeleton className="my-4 h-64 w-full" />
      <SectionSkeleton rows={3} />
      <SectionSkeleton rows={10} />
    </Loading>
  );
}

function SectionSkeleton({ rows }: { rows: number }) {
  return (
    <div className="border-t border-line pt-4 pb-6">
      <div className="px-gutter mb-3 grid max-w-prose gap-2">
        <Skeleton className="h-4 w-28" />
        <TextSkeleton lines={1} />
      </div>
      <TableSkeleton rows={rows} columns={columns} />
    </div>
  );
}
