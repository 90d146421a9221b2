using System.Text.Json;
using LocalRetrieval.Rag;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace LocalRetrieval.ModelContextProtocol.Tests.Resources;

public sealed class SourceResourcesTests
{
    private static readonly string[] Names = ["B.md", "a b/c#d?.md", "a.md", "https://example.com/page?x=1", "zeta/ä.md"];

    [Theory]
    [MemberData(nameof(ProtocolVersions.Both), MemberType = typeof(ProtocolVersions))]
    public async Task List_MoreThanAPage_GivesEachSourceOnce(string version)
    {
        await using ServerSession session = await StartAsync(options => options.PageSize = 2, version);
        List<Resource> all = [];
        List<int> pages = [];
        string? cursor = null;
        do
        {
            ListResourcesResult page = await session.Client.ListResourcesAsync(new ListResourcesRequestParams { Cursor = cursor });
            all.AddRange(page.Resources);
            pages.Add(page.Resources.Count);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal([2, 2, 1], pages);
        Assert.Equal(Names.Order(StringComparer.Ordinal), all.Select(resource => resource.Name));
        Assert.All(all, resource => Assert.Equal("text/plain", resource.MimeType));
        Assert.Contains("localretrieval://source/a%20b/c%23d%3F.md", all.Select(resource => resource.Uri));
        Assert.Contains("https://example.com/page?x=1", all.Select(resource => resource.Uri));
    }

    [Fact]
    public async Task List_SourceGoneBetweenPages_MissesNoOther()
    {
        await using ServerSession session = await StartAsync(options => options.PageSize = 2);
        ListResourcesResult first = await session.Client.ListResourcesAsync(new ListResourcesRequestParams());
        PassageIndexer indexer = session.Services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(session.Services.GetRequiredService<VectorStore>(), "passages");
        await PassageIndexer.DeleteSourceAsync(collection, first.Resources[0].Name);

        ListResourcesResult second = await session.Client.ListResourcesAsync(new ListResourcesRequestParams { Cursor = first.NextCursor });

        Assert.Equal(Names.Order(StringComparer.Ordinal).Skip(2).Take(2), second.Resources.Select(resource => resource.Name));
    }

    [Theory]
    [MemberData(nameof(ProtocolVersions.Both), MemberType = typeof(ProtocolVersions))]
    public async Task Read_EachListedResource_GivesItsText(string version)
    {
        await using ServerSession session = await StartAsync(version: version);

        foreach (Resource resource in (await session.Client.ListResourcesAsync(new ListResourcesRequestParams())).Resources)
        {
            TextResourceContents text = Assert.IsType<TextResourceContents>(Assert.Single((await session.Client.ReadResourceAsync(resource.Uri)).Contents));
            Assert.Equal($"The text of {resource.Name}.", text.Text);
            Assert.Equal(resource.Uri, text.Uri);
        }
    }

    [Theory]
    [InlineData("localretrieval://source/none.md")]
    [InlineData("localretrieval://source/")]
    [InlineData("localretrieval://source/../../etc/hostname")]
    [InlineData("localretrieval://source/%2E%2E/a.md")]
    [InlineData("file:///etc/hostname")]
    [InlineData("https://example.com/other")]
    [InlineData("/etc/hostname")]
    public async Task Read_UnknownUri_IsTheErrorOfTheVersion(string uri)
    {
        await using ServerSession newest = await StartAsync();
        await using ServerSession before = await StartAsync(version: ProtocolVersions.Before);

        McpProtocolException exception = await Assert.ThrowsAsync<McpProtocolException>(async () => await newest.Client.ReadResourceAsync(uri));

        Assert.Contains($"'{uri}'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(McpErrorCode.InvalidParams, exception.ErrorCode);
        Assert.Equal(McpErrorCode.ResourceNotFound, (await Assert.ThrowsAsync<McpProtocolException>(async () => await before.Client.ReadResourceAsync(uri))).ErrorCode);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("gA==")]
    public async Task List_ForeignCursor_IsAnError(string cursor)
    {
        await using ServerSession session = await StartAsync();

        McpProtocolException exception = await Assert.ThrowsAsync<McpProtocolException>(async () => await session.Client.ListResourcesAsync(new ListResourcesRequestParams { Cursor = cursor }));

        Assert.Equal(McpErrorCode.InvalidParams, exception.ErrorCode);
    }

    [Fact]
    public async Task ListAndRead_Filter_HidesSources()
    {
        await using ServerSession session = await StartAsync(options =>
            options.Chat.Retrieval = new RetrievalOptions<Passage> { Filter = passage => passage.Source != "a.md" });

        Assert.DoesNotContain("a.md", (await session.Client.ListResourcesAsync(new ListResourcesRequestParams())).Resources.Select(resource => resource.Name));
        await Assert.ThrowsAsync<McpProtocolException>(async () => await session.Client.ReadResourceAsync("localretrieval://source/a.md"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ListReadSearchAndFetch_FilterSetOnce_HidesSourcesFromAll(bool isSetByTools)
    {
        await using ServerSession session = await StartAsync(builder => _ = isSetByTools
            ? builder.WithRetrievalTools(Hide).WithSourceResources("passages")
            : builder.WithRetrievalTools().WithSourceResources("passages", Hide));

        Assert.DoesNotContain("a.md", (await session.Client.ListResourcesAsync(new ListResourcesRequestParams())).Resources.Select(resource => resource.Name));
        await Assert.ThrowsAsync<McpProtocolException>(async () => await session.Client.ReadResourceAsync("localretrieval://source/a.md"));
        Assert.DoesNotContain("a.md", (await session.CallAsync("search", ("query", "The text of a.md"), ("top", 20))).Structured().ToString(), StringComparison.Ordinal);
        Assert.Equal("The text of B.md.", (await session.CallAsync("fetch", ("id", IdOf("B.md")))).Structured().GetProperty("text").GetString());
        Assert.Contains("knows no such id", (await session.CallAsync("fetch", ("id", IdOf("a.md")))).Error(), StringComparison.Ordinal);

        static void Hide(RetrievalServerOptions options) => options.Chat.Retrieval = new RetrievalOptions<Passage> { Filter = passage => passage.Source != "a.md" };

        static string IdOf(string source) => PassageId.Of(new RetrievedPassage { Key = PassageKey.Create(source, 0), Collection = "passages", Text = "", Score = 0, Rank = 1 });
    }

    [Fact]
    public async Task Fetch_IdThatSearchGave_HasTheTitleThatSearchGave()
    {
        await using ServerSession session = await StartAsync(builder => builder.WithRetrievalTools());
        PassageIndexer indexer = session.Services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(session.Services.GetRequiredService<VectorStore>(), "passages");
        (await indexer.IndexAsync(collection, [new SourceDocument("care.md", "---\ntitle: Care\n---\n\n# Chain\n\n## Oiling\n\nOil it.\n\n## Cleaning\n\nClean it.\n")])).ThrowIfFailed();

        JsonElement results = (await session.CallAsync("search", ("query", "Clean the chain"), ("top", 20))).Structured().GetProperty("results");

        Assert.Contains("care.md > Care > Chain > Cleaning", results.EnumerateArray().Select(result => result.GetProperty("title").GetString()));
        foreach (JsonElement result in results.EnumerateArray())
        {
            JsonElement fetched = (await session.CallAsync("fetch", ("id", result.GetProperty("id").GetString()))).Structured();
            Assert.Equal(result.GetProperty("title").GetString(), fetched.GetProperty("title").GetString());
        }
    }

    [Fact]
    public async Task List_OptionsOfAnotherKey_HideNothing()
    {
        await using ServerSession session = await ServerSession.StartAsync(
            services => services.AddLocalRetrieval().AddKeyedLocalRetrieval("other"),
            builder => builder
                .WithRetrievalTools(options => options.Chat.Retrieval = new RetrievalOptions<Passage> { Filter = passage => passage.Source != "a.md" }, "other")
                .WithSourceResources("passages"));
        await IndexAsync(session);

        Assert.Contains("a.md", (await session.Client.ListResourcesAsync(new ListResourcesRequestParams())).Resources.Select(resource => resource.Name));
    }

    private static Task<ServerSession> StartAsync(Action<RetrievalServerOptions>? options = null, string? version = null) =>
        StartAsync(builder => builder.WithSourceResources("passages", options), version);

    private static async Task<ServerSession> StartAsync(Action<IMcpServerBuilder> configure, string? version = null)
    {
        ServerSession session = await ServerSession.StartAsync(services => services.AddLocalRetrieval(), configure, version);
        await IndexAsync(session);
        return session;
    }

    private static async Task IndexAsync(ServerSession session)
    {
        PassageIndexer indexer = session.Services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(session.Services.GetRequiredService<VectorStore>(), "passages");
        (await indexer.IndexAsync(collection, Names.Select(name => new SourceDocument(name, $"The text of {name}.")))).ThrowIfFailed();
    }
}
