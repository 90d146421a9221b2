using LocalRetrieval.VectorData.Keyword;

namespace LocalRetrieval.VectorData.Tests.Keyword;

public sealed class InvertedIndexTests
{
    [Fact]
    public void Update_OneByOne_WritesADocumentAboutLog2TimesAndKeepsFewSegments()
    {
        const int Documents = 5000;
        InvertedIndex<int> index = InvertedIndex<int>.Empty;
        long written = 0;
        for (int row = 0; row < Documents; row++)
        {
            InvertedIndex<int> next = index.Update([], Segment(row));
            written += Written(index, next);
            index = next;
            Assert.InRange(index.Parts.Length, 1, Math.Log2(row + 1) + 1);
        }

        Assert.InRange(written, Documents, Documents * Math.Log2(Documents));
    }

    [Fact]
    public void Update_RandomReplacements_KeepsSegmentsFewAndRemovedDocumentsFewerThanLiveOnes()
    {
        const int Documents = 1000;
        Random random = new(6);
        InvertedIndex<int> index = InvertedIndex<int>.Empty.Update([], Segment([.. Enumerable.Range(0, Documents)]));
        long written = 0;
        const int Updates = 5000;
        for (int i = 0; i < Updates; i++)
        {
            InvertedIndex<int> next = index.Update([], Segment(random.Next(Documents)));
            written += Written(index, next);
            index = next;
            Assert.Equal(Documents, index.Count);
            Assert.Equal(3.0 * Documents, index.TotalLength);
            Assert.InRange(index.Parts.Length, 1, 2 * Math.Log2(Documents));
            foreach (IndexPart<int> part in index.Parts)
            {
                Assert.InRange(part.Removed.Count, 0, part.Count);
            }
        }

        Assert.InRange(written, Updates, Updates * Math.Log2(Documents));
    }

    [Fact]
    public void CountOf_RemovedDocuments_AreNotCounted()
    {
        InvertedIndex<int> index = InvertedIndex<int>.Empty.Update([], Segment(1, 2, 3)).Update([2], Segment(1));

        Assert.Equal(2, index.Count);
        Assert.Equal(2, index.CountOf(7));
        Assert.Equal(0, index.CountOf(8));
    }

    private static long Written(InvertedIndex<int> before, InvertedIndex<int> after)
    {
        HashSet<PostingSegment<int>> known = [];
        foreach (IndexPart<int> part in before.Parts)
        {
            known.Add(part.Segment);
        }

        long written = 0;
        foreach (IndexPart<int> part in after.Parts)
        {
            written += known.Contains(part.Segment) ? 0 : part.Segment.Count;
        }

        return written;
    }

    /// <summary>Documents of length 3 that hold the term 7.</summary>
    private static PostingSegment<int> Segment(params int[] rows)
    {
        PostingSegmentBuilder<int> builder = new();
        foreach (int row in rows)
        {
            builder.AddDocument(row, 3);
            builder.AddPosting(7, 1);
        }

        return builder.Build();
    }
}
