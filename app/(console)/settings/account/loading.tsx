import { Loading, PageHeaderSkeleton, TextSkeleton } from "#components/ui/skeleton.tsx";

export default function AccountLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <div className="px-gutter max-w-prose border-t border-line py-4">
        <TextSkeleton lines={4} />
      </div>
      <div className="px-gutter max-w-prose border-t border-line py-4">
        <TextSkeleton lines={6} />
      </div>
    </Loading>
  );
}
