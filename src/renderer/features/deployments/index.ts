export { blueprintColumn, stateColumn } from './columns.tsx';
export { DeploymentsScreen } from './deployments-screen.tsx';
export { DeploymentRun } from './run/deployment-run.tsx';
export { RunActions } from './run/run-actions.tsx';
export { useLiveDeployment } from './run/use-live-deployment.ts';
export { deploymentLook, hasRun, isMoving, nodeLook } from './state-look.ts';
