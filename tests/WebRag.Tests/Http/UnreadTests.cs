using System.Net.Http.Json;
using System.Text.Json;

namespace WebRag.Tests.Http;

/// <summary>Files of the folder that cannot be searched: they are told, with the reason, by names that show what they are.</summary>
public class UnreadTests
{
    [Fact]
    public async Task WhatOfTheFolderCannotBeSearchedIsTold()
    {
        using TemporaryFolder folder = UnreadFolder.Create();
        await using WebRagServer server = await (await WebRagServer.StartAsync(null, $"WebRag:Folder={folder.Path}")).ReadyAsync();
        using Visitor visitor = await server.VisitAsync();
        JsonElement unread = await visitor.Client.GetFromJsonAsync<JsonElement>("/api/documents/unread");
        Assert.Equal(4, unread.GetProperty("count").GetInt32());
        Dictionary<string, string> files = unread.GetProperty("files").EnumerateArray().ToDictionary(file => file.GetProperty("name").GetString()!, file => file.GetProperty("reason").GetString()!);
        Assert.Equal(["broken.json", "empty.md", "pictures/photo.png", "pictures/xgnp.toml"], files.Keys);
        Assert.StartsWith("It is no JSON at line 1", files["broken.json"], StringComparison.Ordinal);
        Assert.StartsWith("It has no text.", files["empty.md"], StringComparison.Ordinal);
        Assert.Equal("Files of this kind are not read here.", files["pictures/photo.png"]);
        Assert.All(files.Values, reason => Assert.DoesNotContain(folder.Path, reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task NamesOfTheFolderDoNotTurnTheWriting()
    {
        using TemporaryFolder folder = UnreadFolder.Create();
        await using WebRagServer server = await (await WebRagServer.StartAsync(null, $"WebRag:Folder={folder.Path}")).ReadyAsync();
        using Visitor visitor = await server.VisitAsync();
        JsonElement found = (await visitor.PostJsonAsync("/api/suggest", new { query = "Where is the samovar?" })).GetProperty("hits")[0].GetProperty("document");
        Assert.Equal(("cupgnp.md", "cupgnp.md"), (found.GetProperty("name").GetString(), found.GetProperty("title").GetString()));

        // It is opened by the name that it has.
        Assert.Equal("cup\u202Egnp.md", found.GetProperty("id").GetString());
        JsonElement text = await visitor.Client.GetFromJsonAsync<JsonElement>($"/api/documents/text?id={Uri.EscapeDataString("cup\u202Egnp.md")}");
        Assert.Equal("cupgnp.md", text.GetProperty("document").GetProperty("name").GetString());
    }
}
