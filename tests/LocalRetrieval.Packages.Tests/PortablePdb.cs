using System.Reflection.Metadata;
using System.Text;

namespace LocalRetrieval.Packages.Tests;

/// <summary>What symbols say of their sources.</summary>
internal sealed class PortablePdb : IDisposable
{
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSourceKind = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private readonly MetadataReaderProvider _provider;
    private readonly MetadataReader _reader;

    public PortablePdb(byte[] content)
    {
        _provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(content));
        _reader = _provider.GetMetadataReader();
    }

    /// <summary>The SourceLink map as JSON, or null.</summary>
    public string? SourceLink => Information(EntityHandle.ModuleDefinition, SourceLinkKind) is { } map ? Encoding.UTF8.GetString(map) : null;

    /// <summary>The names of the source files.</summary>
    public IEnumerable<string> Documents => _reader.Documents.Select(Name);

    /// <summary>The names of the source files whose text is not in the symbols.</summary>
    public IEnumerable<string> DocumentsWithoutSource => _reader.Documents.Where(document => Information(document, EmbeddedSourceKind) is null).Select(Name);

    public void Dispose() => _provider.Dispose();

    private string Name(DocumentHandle document) => _reader.GetString(_reader.GetDocument(document).Name);

    private byte[]? Information(EntityHandle parent, Guid kind) => _reader.GetCustomDebugInformation(parent)
        .Select(_reader.GetCustomDebugInformation)
        .Where(information => _reader.GetGuid(information.Kind) == kind)
        .Select(information => _reader.GetBlobBytes(information.Value))
        .FirstOrDefault();
}
