import { readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { answerRequest } from './engine/graph/apart/index.ts';

// Builds one graph and ends: `node graph-program.ts FOLDER PID`, the folder holding what is asked, the id being that of
// the process that asks. What the engine starts for large estates, so that neither its turns nor its memory are spent
// on it.

/** How often it is looked whether the process that started this one still lives, in milliseconds. */
const parentWatch = 1000;

const [folder = '', starter = ''] = process.argv.slice(2);
// Asked to end it just ends, in the middle of whatever the database does: the engine clears away what is left lying.
const watch = setInterval(() => {
  // Nobody is there to swap in what would come of it. What is left lying is removed by the next build, and leaving in
  // the usual way would wait for what the database and the disk are doing.
  if (process.ppid !== Number(starter)) process.kill(process.pid, 'SIGKILL');
}, parentWatch);
watch.unref();

// Nobody waits for each row of it, but for every answer of the engine and every frame of the window meanwhile.
const { PRIORITY_BELOW_NORMAL: priority } = constants.priority;
setPriority(priority);
try {
  // Linux weighs sessions against each other before it weighs what runs in them (sched(7), "The autogroup feature"). Only
  // the weight of a session of its own is changed: started by hand this one shares that of the terminal.
  if (process.platform === 'linux' && leadsItsSession()) writeFileSync('/proc/self/autogroup', String(priority));
} catch {
  // Not every system has or allows this, and without root it takes one change in 100 ms: then the priority set before it
  // is all there is, and the graph is built all the same.
}
await answerRequest(folder);
// The database can crash in its finalizers at natural exit: leave explicitly.
process.exit(0);

/** The session is field 6 of /proc/PID/stat; the name in field 2 may hold spaces and brackets, so count from its end. */
function leadsItsSession(): boolean {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3] === String(process.pid);
}
