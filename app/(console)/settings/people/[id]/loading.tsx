export { default } from "../../account/loading.tsx";
