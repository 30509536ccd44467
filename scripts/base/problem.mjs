/** Something the person at the keyboard can put right: its message is one sentence that says how. */
export class Problem extends Error {
  name = "Problem";
}

const reasons = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "a file stands where a folder is needed",
};

/** Turns a refused file operation into a sentence; hands every other error back as it is. */
export function explainFileError(error) {
  const reason = reasons[error?.code];
  if (!reason || !error.path) return error;
  return new Problem(
    `Keyhold can't use ${error.path}: ${reason}. ` +
      (error.code === "ENOSPC"
        ? "Free some space, then run the command again."
        : "Run the command as the user who owns that folder, or give it to this user with chown."),
  );
}
