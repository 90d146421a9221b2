using System.Net.Http.Json;
using System.Text.Json;
using LocalRetrieval.Rag;
using Microsoft.Extensions.DependencyInjection;

namespace WebRag.Tests.Http;

/// <summary>An index that is kept on disk is there at the next start, without what visitors uploaded.</summary>
public sealed class KeptIndexTests : IDisposable
{
    private readonly string _index = Directory.CreateTempSubdirectory("index").FullName;
    private readonly string _folder = Directory.CreateTempSubdirectory("folder").FullName;

    public void Dispose()
    {
        Directory.Delete(_index, recursive: true);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ASecondStartEmbedsNothingAndKnowsNoUploads()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "keeper.md"), "# Keeper\n\nThe lighthouse keeper is called Ottilie.");
        await using (WebRagServer first = await StartAsync())
        {
            using Visitor visitor = await first.VisitAsync();
            await visitor.UploadAsync("diary.md", "The secret of the diary is marmalade."u8.ToArray());
            Assert.Equal("diary.md", await BestAsync(visitor, "What is the secret of the diary?"));
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "gulls.md"), "# Gulls\n\nThe gulls are fed at dawn.");
        await using WebRagServer second = await StartAsync();
        SyncResult result = await second.Services.GetRequiredService<PassageSync>().ReadyAsync(CancellationToken.None);
        Assert.Equal((1, 1), (result.Unchanged.Count, result.New.Count));
        using Visitor later = await second.VisitAsync();
        Assert.Equal("keeper.md", await BestAsync(later, "What is the keeper of the lighthouse called?"));
        JsonElement documents = await later.Client.GetFromJsonAsync<JsonElement>("/api/documents");
        Assert.Equal(["gulls.md", "keeper.md"], documents.EnumerateArray().Select(document => document.GetProperty("name").GetString()));
        Assert.True((await later.Client.GetFromJsonAsync<JsonElement>("/api/session")).GetProperty("isIndexKept").GetBoolean());
    }

    private async Task<WebRagServer> StartAsync() => await (await WebRagServer.StartAsync(null, $"WebRag:Folder={_folder}", $"WebRag:Index={_index}")).ReadyAsync();

    private static async Task<string?> BestAsync(Visitor visitor, string query) =>
        (await visitor.PostJsonAsync("/api/search", new { query })).GetProperty("hits")[0].GetProperty("document").GetProperty("name").GetString();
}
