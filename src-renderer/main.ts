/** Starts the window. */
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './styles/tokens.css';
import './styles/base.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { i18n } from './i18n/index.ts';
import { createAppRouter } from './router.ts';
import { useNotices } from './stores/notices.ts';

const app = createApp(App);
app.use(createPinia());
app.use(i18n);
const router = createAppRouter();
app.use(router);

// What a component or a view that could not be loaded throws is told; the rest of the window goes on.
const report = (error: unknown) => {
  console.error(error);
  useNotices().showError(error);
};
app.config.errorHandler = report;
router.onError(report);

app.mount('#app');
