namespace Microsoft.Extensions.VectorData;

/// <summary>Options of reading records by key.</summary>
public class RecordRetrievalOptions
{
    /// <summary>Whether the records come with their vectors.</summary>
    /// <value>The default is false.</value>
    public bool IncludeVectors { get; set; }
}
