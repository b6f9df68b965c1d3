import type { BoundaryRow } from './terraform.ts';

/** Kinds of Kubernetes objects, as Helm charts make them. */
export const kubernetesRows: readonly BoundaryRow[] = [
  ['Deployment', 'application'],
  ['StatefulSet', 'application'],
  ['DaemonSet', 'application'],
  ['Job', 'application'],
  ['CronJob', 'application'],
  ['Pod', 'application'],
  ['Service', 'application', 'companion'],
  ['Ingress', 'application', 'companion'],
  ['ConfigMap', 'application', 'companion'],
  ['HorizontalPodAutoscaler', 'application', 'companion'],
  ['PodDisruptionBudget', 'application', 'companion'],
  ['NetworkPolicy', 'networking', 'companion'],
  ['PersistentVolumeClaim', 'data', 'companion'],
  ['Secret', 'security', 'companion'],
  ['ServiceAccount', 'identity', 'companion'],
  ['Role', 'identity', 'companion'],
  ['RoleBinding', 'identity', 'companion'],
  ['ClusterRole', 'identity', 'companion'],
  ['ClusterRoleBinding', 'identity', 'companion'],
  ['ServiceMonitor', 'observability', 'companion'],
  ['PrometheusRule', 'observability', 'companion'],
];
