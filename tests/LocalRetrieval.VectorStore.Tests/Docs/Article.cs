using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Docs;

// snippet: record
public sealed class Article
{
    [VectorStoreKey]                                     // a Guid is made where it is empty
    public Guid Id { get; set; }

    [VectorStoreData(IsIndexed = true)]                  // equality, ranges and Contains use an index
    public int Year { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public List<string> Tags { get; set; } = [];

    [VectorStoreData(IsFullTextIndexed = true)]          // found by its words, too
    public string Text { get; set; } = "";

    [VectorStoreVector(384)]                             // a string embeds itself; so could a float[] of your own stand here
    public string Meaning => Text;
}
// end
