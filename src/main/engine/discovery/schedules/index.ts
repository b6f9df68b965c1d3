export { followSchedules } from './follow.ts';
export { createScheduleMemory } from './schedule-memory.ts';
export { createSchedules } from './schedules-service.ts';
export type { Timer, TimerCommand, TimerHost } from './timers/timer.ts';
export { installedTimer, timerFor, timerPlatformOf } from './timers/timers.ts';
