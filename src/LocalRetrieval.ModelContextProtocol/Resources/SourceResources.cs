using System.Linq.Expressions;
using System.Text;
using LocalRetrieval.Rag;
using Microsoft.Extensions.VectorData;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>The sources of a collection as resources.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class SourceResources(
    PassageIndexer indexer, VectorStore store, string collectionName, ISourceReader sources, RetrievalServerOptions options, IndexReadiness readiness)
{
    private const string TextType = "text/plain";

    private readonly Expression<Func<Passage, bool>>? _filter = options.Chat.Retrieval?.For<Passage>().Filter;

    /// <exception cref="InvalidOperationException">A service is missing, or the retriever reads no sources.</exception>
    public static SourceResources Create(IServiceProvider services, string collectionName, RetrievalServerOptions options, object? serviceKey)
    {
        PassageIndexer indexer = KeyedServices.Require<PassageIndexer>(services, serviceKey, "AddPassageIndexer()");
        VectorStore store = KeyedServices.Require<VectorStore>(services, serviceKey, "AddLocalVectorStore()");
        IPassageRetriever retriever = KeyedServices.Require<IPassageRetriever>(services, serviceKey, "AddLocalRetrieval()");
        ISourceReader sources = retriever.GetService<ISourceReader>() ?? throw new InvalidOperationException(
            $"The retriever reads no sources, so they cannot be resources: it gives no {nameof(ISourceReader)}. Use one that does, as a PassageRetriever, or leave WithSourceResources out.");
        return new SourceResources(indexer, store, collectionName, sources, options, IndexReadiness.Of(services, serviceKey));
    }

    /// <summary>One page. The cursor is the last page's last source, so that a list stays whole while sources come and go.</summary>
    public async ValueTask<ListResourcesResult> ListAsync(RequestContext<ListResourcesRequestParams> request, CancellationToken cancellationToken)
    {
        string? after = request.Params?.Cursor is { } cursor ? ReadCursor(cursor) : null;
        await readiness.WaitAsync(request.Server, request.Params?.ProgressToken, cancellationToken).ConfigureAwait(false);
        List<Passage> page = await FindAsync(SourceFilter.After(after, _filter), options.PageSize + 1, cancellationToken).ConfigureAwait(false);
        bool isLast = page.Count <= options.PageSize;
        return new ListResourcesResult
        {
            Resources = [.. page.Take(options.PageSize).Select(ToResource)],
            NextCursor = isLast ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(page[options.PageSize - 1].Source)),
        };
    }

    /// <summary>The text of one source.</summary>
    /// <exception cref="McpProtocolException">There is no such resource.</exception>
    public async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken)
    {
        string uri = request.Params?.Uri ?? "";
        string source = SourceUri.Read(uri) ?? throw Unknown(request.Server, uri);
        await readiness.WaitAsync(request.Server, request.Params?.ProgressToken, cancellationToken).ConfigureAwait(false);
        Passage first = (await FindAsync(SourceFilter.Of(source, _filter), 1, cancellationToken).ConfigureAwait(false)).FirstOrDefault() ?? throw Unknown(request.Server, uri);
        SourceText text = await sources.ReadSourceAsync(first.Key, collectionName, options.Chat.Retrieval, cancellationToken).ConfigureAwait(false)
            ?? throw Unknown(request.Server, uri);
        return new ReadResourceResult { Contents = [new TextResourceContents { Uri = uri, MimeType = TextType, Text = text.Text }] };
    }

    private static Resource ToResource(Passage first) => new()
    {
        Name = OneLine.Of(first.Source),
        Title = first.Title is { } title ? OneLine.Of(title) : null,
        Description = first.Description is { } description ? OneLine.Of(description) : null,
        Uri = SourceUri.Of(first.Source),
        MimeType = TextType,
    };

    private static string ReadCursor(string cursor)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(cursor));
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            throw new McpProtocolException("The cursor is none of this server. Pass the nextCursor of the last page, or none for the first.", exception, McpErrorCode.InvalidParams);
        }
    }

    // The code of the version that was agreed on: since 2026-07-28 it is that of wrong parameters.
    private static McpProtocolException Unknown(McpServer server, string uri) => new(
        $"There is no resource '{uri}'. List the resources, and pass the uri of one.",
        string.CompareOrdinal(server.NegotiatedProtocolVersion, "2026-07-28") >= 0 ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound);

    private async Task<List<Passage>> FindAsync(Expression<Func<Passage, bool>> filter, int top, CancellationToken cancellationToken)
    {
        using VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(store, collectionName, cancellationToken).ConfigureAwait(false);
        FilteredRecordRetrievalOptions<Passage> order = new() { OrderBy = sort => sort.Ascending(passage => passage.Source) };
        return await collection.GetAsync(filter, top, order, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
    }
}
