using WebRag;

await using WebApplication app = WebRagApplication.Create(args);
await app.RunAsync();
