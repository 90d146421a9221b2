namespace LocalRetrieval.Rag;

/// <summary>Logistic regression by Newton's method, with a small ridge, over features brought to mean 0 and deviation 1.</summary>
internal static class LogisticRegression
{
    private const int MaxSteps = 50;
    private const double Tolerance = 1e-10;

    // Of the standardised weights: keeps classes that can be told apart without error from weights without bound.
    private const double Ridge = 1e-4;

    /// <summary>Fits p = 1 / (1 + exp(−(intercept + Σ weight · feature))) with no weight below 0: a feature that would have one gets none, and the rest is fitted anew.</summary>
    /// <param name="features">A row for each sample, all of one length.</param>
    /// <param name="targets">What each row's probability is to be.</param>
    public static (double Intercept, double[] Weights) FitRising(IReadOnlyList<double[]> features, IReadOnlyList<double> targets)
    {
        double[][] rows = [.. features.Select(row => (double[])row.Clone())];
        (double Intercept, double[] Weights) fitted = Fit(rows, targets);
        while (fitted.Weights.Min() < 0)
        {
            int worst = Array.IndexOf(fitted.Weights, fitted.Weights.Min());
            Array.ForEach(rows, row => row[worst] = 0);
            fitted = Fit(rows, targets);
        }

        return fitted;
    }

    /// <summary>Fits p = 1 / (1 + exp(−(intercept + Σ weight · feature))).</summary>
    /// <param name="features">A row for each sample, all of one length.</param>
    /// <param name="targets">What each row's probability is to be.</param>
    public static (double Intercept, double[] Weights) Fit(IReadOnlyList<double[]> features, IReadOnlyList<double> targets)
    {
        int width = features[0].Length;
        (double Mean, double Deviation)[] scales = [.. Enumerable.Range(0, width).Select(column => StandardScores.MeanAndDeviation([.. features.Select(row => row[column])]))];
        double[][] rows = [.. features.Select(row => Standardize(row, scales))];
        double[] weights = new double[width + 1];
        for (int step = 0; step < MaxSteps && Newton(rows, targets, weights) > Tolerance; step++)
        {
        }

        double[] slopes = [.. scales.Select((scale, column) => scale.Deviation == 0 ? 0 : weights[column + 1] / scale.Deviation)];
        return (weights[0] - slopes.Zip(scales).Sum(pair => pair.First * pair.Second.Mean), slopes);
    }

    public static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    private static double[] Standardize(double[] row, (double Mean, double Deviation)[] scales) =>
        [1, .. row.Zip(scales, (value, scale) => scale.Deviation == 0 ? 0 : (value - scale.Mean) / scale.Deviation)];

    /// <summary>Takes a step.</summary>
    /// <returns>The greatest change of a weight.</returns>
    private static double Newton(double[][] rows, IReadOnlyList<double> targets, double[] weights)
    {
        double[] gradient = [0, .. weights[1..].Select(weight => Ridge * weight)];
        double[][] hessian = [.. weights.Select((_, i) => weights.Select((_, j) => i == j ? (i == 0 ? 1e-12 : Ridge) : 0).ToArray())];
        for (int index = 0; index < rows.Length; index++)
        {
            double[] row = rows[index];
            double probability = Sigmoid(row.Zip(weights, (value, weight) => value * weight).Sum());
            double curvature = probability * (1 - probability);
            for (int i = 0; i < row.Length; i++)
            {
                gradient[i] += (probability - targets[index]) * row[i];
                for (int j = 0; j < row.Length; j++)
                {
                    hessian[i][j] += curvature * row[i] * row[j];
                }
            }
        }

        double[] step = LinearSystem.Solve(hessian, gradient);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] -= step[i];
        }

        return step.Max(Math.Abs);
    }
}
