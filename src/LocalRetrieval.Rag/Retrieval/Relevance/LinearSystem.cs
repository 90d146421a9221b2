namespace LocalRetrieval.Rag;

/// <summary>A few linear equations.</summary>
internal static class LinearSystem
{
    /// <summary>Solves A x = b for a symmetric positive definite A, by Cholesky's factors; both arrays are written over.</summary>
    /// <returns><paramref name="right"/>, which holds x.</returns>
    public static double[] Solve(double[][] matrix, double[] right)
    {
        int size = right.Length;
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double sum = matrix[row][column];
                for (int k = 0; k < column; k++)
                {
                    sum -= matrix[row][k] * matrix[column][k];
                }

                matrix[row][column] = row == column ? Math.Sqrt(sum) : sum / matrix[column][column];
            }
        }

        for (int row = 0; row < size; row++)
        {
            for (int k = 0; k < row; k++)
            {
                right[row] -= matrix[row][k] * right[k];
            }

            right[row] /= matrix[row][row];
        }

        for (int row = size - 1; row >= 0; row--)
        {
            for (int k = row + 1; k < size; k++)
            {
                right[row] -= matrix[k][row] * right[k];
            }

            right[row] /= matrix[row][row];
        }

        return right;
    }
}
