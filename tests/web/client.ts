// The lesson, played by a generated client against a running listener.
import createClient from "openapi-fetch";
import type { paths } from "./lesson";

const api = createClient<paths, "application/json">({ baseUrl: process.argv[2] });
const seen: unknown[] = [];

async function play() {
	for (const [username, age] of [["user1", 40], ["user2", 62], ["user3", 25]] as const) {
		const { response, data } = await api.POST("/user/create", {
			body: { username, firstname: "Alex", lastname: "Unknown", age },
		});
		seen.push([response.status, data]);
	}
	const bear = { firstname: "Bear", lastname: "Grylls", age: 50 };
	const put = await api.PUT("/user/update", { params: { query: { user_id: 3 } }, body: bear });
	seen.push([put.response.status, put.data]);
	const task = await api.POST("/task/create", {
		params: { query: { user_id: 1 } }, body: { title: "Buy milk", content: "2 l" },
	});
	seen.push(task.response.status);
	// An update sends what it changes, and nothing else is reset.
	const patch = await api.PATCH("/task/update", {
		params: { query: { task_id: 1 } }, body: { priority: 3 },
	});
	seen.push(patch.response.status);
	const shown = await api.GET("/task/task_id", { params: { query: { task_id: 1 } } });
	seen.push([shown.data?.content, shown.data?.priority]);
	const gone = await api.DELETE("/user/delete", { params: { query: { user_id: 2 } } });
	seen.push(gone.response.status);
	const list = await api.GET("/user/", {});
	seen.push((list.data ?? []).map((user) => `${user.id} ${user.firstname}`));
	const missing = await api.GET("/user/user_id", { params: { query: { user_id: 2 } } });
	seen.push([missing.response.status, missing.error]);
	console.log(JSON.stringify(seen));
}

play();
