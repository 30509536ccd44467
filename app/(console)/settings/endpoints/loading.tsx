import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function EndpointsLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <TableSkeleton rows={6} columns={["w-56", "w-16", "w-20", "w-12", "w-12"]} />
    </Loading>
  );
}
