namespace LocalRetrieval.Abstractions.Tests.Retrieval;

public sealed class RetrievedPassageTests
{
    [Fact]
    public void Stage_ByName_IsFoundOrNull()
    {
        StageScore score = new() { Stage = RetrievalStage.Vector, Score = 0.5, Rank = 3 };
        RetrievedPassage passage = new() { Key = "1", Text = "text", Score = 1, Rank = 1, Stages = [score] };

        Assert.Equal(score, passage.Stage(RetrievalStage.Vector));
        Assert.Null(passage.Stage(RetrievalStage.Reranker));
    }
}
