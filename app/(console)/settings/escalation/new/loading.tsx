import { FormSkeleton } from "#components/endpoints/form-skeleton.tsx";

export default function NewPolicyLoading() {
  return <FormSkeleton />;
}
