/** The addresses of the window. Views are loaded when they are first gone to. */
import { createRouter, createWebHashHistory, type RouteComponent, type RouteRecordRaw } from 'vue-router';

type ViewName =
  | 'WelcomeView'
  | 'ReviewView'
  | 'OverviewView'
  | 'ArchiveView'
  | 'RecordingView'
  | 'CameraView'
  | 'MomentView'
  | 'JobsView'
  | 'EvidenceView'
  | 'EvaluationsView'
  | 'TrainingView'
  | 'SettingsView'
  | 'DoctorView';

const views = import.meta.glob<{ readonly default: RouteComponent }>('./views/*.vue');

function view(name: ViewName) {
  return async () => {
    const load = views[`./views/${name}.vue`];
    if (load === undefined) throw new Error(`There is no view ${name}.`);
    return (await load()).default;
  };
}

/** `/` is the view that fits what the archive holds; `App.vue` goes there when the core has told. */
const homePath = '/';

export const routes: readonly RouteRecordRaw[] = [
  { path: homePath, name: 'home', component: () => import('./components/shell/HomeRedirect.vue') },
  { path: '/welcome', name: 'welcome', component: view('WelcomeView') },
  { path: '/review/:flag?', name: 'review', component: view('ReviewView') },
  { path: '/overview/:day?', name: 'overview', component: view('OverviewView') },
  { path: '/archive', name: 'archive', component: view('ArchiveView') },
  { path: '/recording/:id', name: 'recording', component: view('RecordingView') },
  { path: '/camera/:camera', name: 'camera', component: view('CameraView') },
  { path: '/moment/:recording', name: 'moment', component: view('MomentView') },
  { path: '/jobs', name: 'jobs', component: view('JobsView') },
  { path: '/evidence/:part(exports|verify|log|key)?', name: 'evidence', component: view('EvidenceView') },
  { path: '/evaluations/:id?', name: 'evaluations', component: view('EvaluationsView') },
  {
    path: '/training/:part(learn|run|version|compare)?/:id?',
    name: 'training',
    component: view('TrainingView'),
  },
  { path: '/settings', name: 'settings', component: view('SettingsView') },
  { path: '/doctor', name: 'doctor', component: view('DoctorView') },
  { path: '/:path(.*)*', redirect: homePath },
];

export const createAppRouter = () => createRouter({ history: createWebHashHistory(), routes });
