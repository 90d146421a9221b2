namespace Microsoft.Extensions.VectorData;

/// <summary>Says which store a <see cref="VectorStore"/> is.</summary>
public class VectorStoreMetadata
{
    /// <summary>The system's name, as OpenTelemetry's <c>db.system.name</c> has it.</summary>
    public string? VectorStoreSystemName { get; init; }

    /// <summary>The name of this one store, such as a database's.</summary>
    public string? VectorStoreName { get; init; }
}
