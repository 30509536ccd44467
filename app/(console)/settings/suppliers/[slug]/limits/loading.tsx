import { FormSkeleton } from "#components/endpoints/form-skeleton.tsx";

export default function SupplierLimitsLoading() {
  return <FormSkeleton />;
}
