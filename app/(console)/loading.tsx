import { Loading, PageHeaderSkeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

/** For pages without their own: a title and a table. A page of another shape brings its own file. */
export default function ConsoleLoading() {
  return (
    <Loading>
      <PageHeaderSkeleton />
      <TableSkeleton />
    </Loading>
  );
}
