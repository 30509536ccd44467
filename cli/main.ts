/** The operator's command line; `scripts/keyhold.mjs` runs it with the environment of an installation. */

import { apiKeyCreate } from "./commands/api-key-create.ts";
import { apiKeyList } from "./commands/api-key-list.ts";
import { apiKeyRevoke } from "./commands/api-key-revoke.ts";
import { apiKeySet } from "./commands/api-key-set.ts";
import { auditVerify } from "./commands/audit-verify.ts";
import { balanceTopUp } from "./commands/balance-top-up.ts";
import { doctor } from "./commands/doctor.ts";
import { endpointAdd } from "./commands/endpoint-add.ts";
import { endpointList } from "./commands/endpoint-list.ts";
import { endpointRemove } from "./commands/endpoint-remove.ts";
import { endpointRotate } from "./commands/endpoint-rotate.ts";
import { endpointSet } from "./commands/endpoint-set.ts";
import { endpointShow } from "./commands/endpoint-show.ts";
import { endpointTest } from "./commands/endpoint-test.ts";
import { keysRotate } from "./commands/keys-rotate.ts";
import { policyList } from "./commands/policy-list.ts";
import { policySet } from "./commands/policy-set.ts";
import { probe } from "./commands/probe.ts";
import { productSet } from "./commands/product-set.ts";
import { supplierAdd } from "./commands/supplier-add.ts";
import { supplierPause, supplierResume } from "./commands/supplier-pause.ts";
import { supplierRotate } from "./commands/supplier-rotate.ts";
import { supplierSet } from "./commands/supplier-set.ts";
import { supplierShow } from "./commands/supplier-show.ts";
import { supplierTest } from "./commands/supplier-test.ts";
import { userCreate, userDisable, userList, userReset, userSet } from "./commands/users.ts";
import { openTools } from "./open-tools.ts";
import { runCommand } from "./run-command.ts";

const streams = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
};
const tools = openTools(process.env, streams.err);
const commands = [
  probe,
  doctor,
  auditVerify,
  supplierShow,
  supplierSet,
  supplierAdd,
  supplierRotate,
  supplierTest,
  supplierPause,
  supplierResume,
  balanceTopUp,
  productSet,
  keysRotate,
  endpointAdd,
  endpointList,
  endpointShow,
  endpointSet,
  endpointRotate,
  endpointTest,
  endpointRemove,
  policyList,
  policySet,
  apiKeyCreate,
  apiKeyList,
  apiKeySet,
  apiKeyRevoke,
  userCreate,
  userList,
  userSet,
  userDisable,
  userReset,
];
process.exitCode = await runCommand(commands, process.argv.slice(2), tools, streams);
await tools.close();
