namespace LocalRetrieval.Rag.Tests.Retrieval.Relevance;

public sealed class LogisticRegressionTests
{
    // Hours of study and who passed, of Wikipedia's article on logistic regression: intercept -4.0777, slope 1.5046 (numpy, without a ridge: -4.07771 and 1.50465).
    private static readonly (double Hours, double Passed)[] Students =
    [
        (0.50, 0), (0.75, 0), (1.00, 0), (1.25, 0), (1.50, 0), (1.75, 0), (1.75, 1), (2.00, 0), (2.25, 1), (2.50, 0),
        (2.75, 1), (3.00, 0), (3.25, 1), (3.50, 0), (4.00, 1), (4.25, 1), (4.50, 1), (4.75, 1), (5.00, 1), (5.50, 1),
    ];

    [Fact]
    public void Fit_PublishedExample_GivesItsCoefficients()
    {
        (double intercept, double[] slopes) = LogisticRegression.Fit([.. Students.Select(student => new[] { student.Hours })], [.. Students.Select(student => student.Passed)]);

        Assert.Equal(-4.07771, intercept, 0.001);
        Assert.Equal(1.50465, Assert.Single(slopes), 0.001);
    }

    [Fact]
    public void FitRising_FeatureThatFallsWithTheTarget_CountsNothing()
    {
        (double intercept, double[] slopes) = LogisticRegression.FitRising([.. Students.Select((student, index) => new[] { student.Hours, -student.Hours + (index % 3) })], [.. Students.Select(student => student.Passed)]);
        (double expected, double[] alone) = LogisticRegression.Fit([.. Students.Select(student => new[] { student.Hours })], [.. Students.Select(student => student.Passed)]);

        Assert.Equal(0, slopes[1]);
        Assert.Equal((expected, alone[0]), (intercept, slopes[0]));
    }

    [Fact]
    public void Fit_ConstantFeature_CountsNothing()
    {
        (double intercept, double[] slopes) = LogisticRegression.Fit([.. Students.Select(student => new[] { 7, student.Hours })], [.. Students.Select(student => student.Passed)]);

        Assert.Equal(0, slopes[0]);
        Assert.Equal(-4.07771, intercept, 0.001);
        Assert.Equal(1.50465, slopes[1], 0.001);
    }

    [Fact]
    public void Fit_ClassesWithoutError_StaysFinite()
    {
        (double intercept, double[] slopes) = LogisticRegression.Fit([[1], [2], [3], [4]], [0, 0, 1, 1]);

        Assert.True(double.IsFinite(intercept) && slopes[0] > 0);
        Assert.InRange(LogisticRegression.Sigmoid(intercept + slopes[0]), 0, 0.01);
        Assert.InRange(LogisticRegression.Sigmoid(intercept + (4 * slopes[0])), 0.99, 1);
    }
}
