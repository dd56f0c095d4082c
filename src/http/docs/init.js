/* A file of its own, because the page's policy allows no inline script. */
window.ui = SwaggerUIBundle({
	url: "@ROOT@/openapi.json",
	dom_id: "#swagger-ui",
	presets: [SwaggerUIBundle.presets.apis],
	layout: "BaseLayout",
	deepLinking: true,
	validatorUrl: null,
	showExtensions: true,
	showCommonExtensions: true,
});
